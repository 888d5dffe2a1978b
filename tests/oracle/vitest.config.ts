import { defineConfig } from "vitest/config";

// Apart from the root's: these tests need DynamoDB Local, which `npm run oracle` starts.
export default defineConfig({
  test: { root: import.meta.dirname, include: ["*.test.ts"], testTimeout: 60_000 },
});
