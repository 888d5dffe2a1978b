import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/oracle/**", "tests/bench/**"],
    testTimeout: 30_000,
  },
});
