/** What the documentation shows of card sales, as examples: the values of sbc.md 3 and 7 where they have the form of real ones. */

/** A sale. */
export const INVOICE_ID = "7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10";
/** An app's access token. */
export const TOKEN = "Q2w8ZkT1xW7cB5nR2yL9pD4sG6hJ0fAu3vE8mK1oX5iC7bN9rY4tS6gH0jP2dFqa";
/** A nonce. */
export const NONCE = "h0AfJ6G4sD9pL2yR5nB7cW1xT8mQ3vZk5iC7bN9rY4tS6gH0jP2dFqaE8mK1oXu3";
/** A signature of any kind. */
export const SIGNATURE = "93A578B675DBEED0F240CB3224944BC067D4FEA2";
/** A session of the gateway's. */
export const SESSION = "c0ffee00-1111-4222-8333-444455556666";
/** An app's number of a card. */
export const CLIENT_CARD_ID = "Zk3vQ8mT1xW7cB5nR2yL9pD4sG6hJ0fA";
/** The gateway's number of it. */
export const SERVER_CARD_ID = "1001";
/** A consumer with a device. */
export const CONSUMER = { device: { serialNumber: "SN-000001" } };
