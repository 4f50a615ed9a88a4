import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";

const FOLDER = join(import.meta.dirname, "../../docs/screens");
/** Enough for text to stay sharp; all pictures together stay below 12 MB. */
const QUALITY = 60;
const TALLEST = 2_400;

/** Whether this run writes the pictures of `docs/screens`, in place of looking for violations, which takes ten times as long. */
export const TAKES_SCREENSHOTS = process.env["SCREENS"] === "1";

/**
 * Writes the whole page, or its first 2,400 pixels, to `docs/screens/<name>.webp`. The browser encodes it: Playwright's
 * own screenshots are PNG or JPEG, which for text are three times as large or smeared.
 */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  const { width, height } = await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    scrollTo(0, 0);
    return { width: innerWidth, height: document.documentElement.scrollHeight };
  });
  const browser = await page.context().newCDPSession(page);
  const how = { format: "webp", quality: QUALITY, captureBeyondViewport: true, clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST), scale: 1 } } as const;
  // The first picture after a change of width is at times drawn half in the old one: it makes the browser draw, and is dropped.
  await browser.send("Page.captureScreenshot", how);
  const { data } = await browser.send("Page.captureScreenshot", how);
  await browser.detach();
  const path = join(FOLDER, `${name}.webp`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(data, "base64"));
}
