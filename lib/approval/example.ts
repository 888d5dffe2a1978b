/** What the documentation shows of approvals, as examples: the values of approvals.md. */

/** A customer. */
export const CUSTOMER_ID = "8053944";
/** A device. */
export const OWNER_KEY = "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b";
/** A TransactionToken. */
export const TOKEN = "AAECAwQFBgcICQoLDA0ODw==";
/** A nonce, and a challenge. */
export const NONCE = "EBESExQVFhcYGRobHB0eHw==";
/** An activation code, and a binding code. */
export const CODE = "042317";
/** A login code. */
export const LOGIN_CODE = "0b7e3c1a-52d4-4f86-9a1e-6c2f8d9b7a35";
/** A public key as DER SubjectPublicKeyInfo. */
export const PUBLIC_KEY =
  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ==";
/** A signature of the format p1363. */
export const SIGNATURE = "bCRNaNjHnqz9TiyGTJ1ZrJbq/WeevUmba2MRIo9D4PHORhtuMrVFNgGZEQ5iPOlihFXfCBAdkm1O8ahgXEooNQ==";
/** The server's time, epoch milliseconds. */
export const SERVER_TIME_MS = 1_767_311_990_120;
/** What a login asks to confirm. */
export const LOGIN = { TransactionName: "WEBLOGIN", TransactionContent: "ENCRYPTEDCONFIRMATIONDATA" } as const;
