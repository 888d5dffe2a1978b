/** The sandbox's own secrets: public, and refused by every other stage. */
import { SECRET_ID } from "../environment.ts";

/** Ed25519, as sandbox.md fixes it. */
const signing = {
  kid: "sandbox-1",
  d: "VJCP6QtugXgm0ZaoOqwDo17EgkdKYxEPsnQw46orXzY",
  x: "FHyA7qlGFhjMFX4WhkKa7WngWf6MWV4XLkW7abcH908",
};

/** What the engine answers GetSecretValue with, by name. */
export const secrets: Readonly<Record<string, string>> = {
  [SECRET_ID]: JSON.stringify({
    pepper: "dGhlIHNhbmRib3gncyBwZXBwZXI6IG5vdCBzZWNyZXQ=",
    seal: [{ id: "sandbox-1", key: "dGhlIHNhbmRib3ggc2VhbHM6IG5vdCBhIHNlY3JldCE" }],
    sign: [signing],
  }),
};
