import { defineConfig } from "@playwright/test";
import { findChromium } from "./tests/support/find-chromium.ts";

const { executablePath, args, env } = await findChromium();

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results/e2e",
  globalSetup: "./tests/e2e/start-instance.ts",
  // One instance, and two cores on the smallest machine: side by side the tests would only wait for each other.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  // Checks run as jobs in another process; what they decide is waited for, never slept for.
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath, args, env },
    locale: "en-GB",
    timezoneId: "UTC",
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});
