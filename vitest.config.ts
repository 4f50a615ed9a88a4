import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const LIMITS = { testTimeout: 30_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      // No database and no network: files run beside each other.
      { test: { ...LIMITS, name: "unit", include: ["tests/unit/**/*.test.ts", "tests/architecture/*.test.ts"] } },
      // One driver after the other against a real store.
      { test: { ...LIMITS, name: "contract", include: ["tests/contract/**/*.test.ts"], fileParallelism: false } },
      // Against a real Postgres: a database for each file, so that files run beside each other. Most of a test is waiting
      // for other processes, so that there are two at once on two cores.
      { test: { ...LIMITS, name: "integration", maxWorkers: Math.max(2, availableParallelism() - 1), include: ["tests/{routes,jobs,lib}/**/*.test.ts"], globalSetup: ["tests/support/database-setup.ts"] } },
      // The registry as an operator runs it on several machines, one file after the other: each starts all of it.
      { test: { ...LIMITS, name: "topology", include: ["tests/topology/**/*.test.ts"], fileParallelism: false } },
    ],
  },
});
