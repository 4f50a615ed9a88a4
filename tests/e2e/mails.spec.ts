import AxeBuilder from "@axe-core/playwright";
import { MAILS, writeMail } from "#lib/mail/index.ts";
import { MAIL_LANGUAGES } from "#lib/mail/schema.ts";
import { expect, test } from "./fixtures.ts";
import { TAKES_SCREENSHOTS, takeScreenshot } from "./take-screenshot.ts";

const SENDER = { publicUrl: "https://market.example", unsubscribeUrl: "https://market.example/api/v1/mail/unsubscribe?t=example" };
/** One picture of each kind is enough to judge a mail by; the tests look at all. */
const SHOWN = new Set(["light-700", "dark-360"]);

test.describe("each mail, in each language, in light and dark, narrow and wide", () => {
  for (const mail of MAILS) {
    for (const language of MAIL_LANGUAGES) {
      test(`${mail.event} ${language}`, async ({ page }) => {
        const asked: string[] = [];
        page.on("request", (request) => asked.push(request.url()));
        await page.setContent(writeMail(mail.sample(), language, SENDER).html);
        for (const width of [360, 700]) {
          await page.setViewportSize({ width, height: 400 });
          expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
          for (const colorScheme of ["light", "dark"] as const) {
            await page.emulateMedia({ colorScheme });
            const look = `${colorScheme}-${width}`;
            if (TAKES_SCREENSHOTS) {
              if (SHOWN.has(look)) await takeScreenshot(page, `mails/${mail.event.replace(/[^a-z]+/g, "-")}-${language}-${look}`);
              continue;
            }
            // Contrast and structure do not change with the width.
            if (width !== 360) continue;
            const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(["wcag2a", "wcag2aa", "wcag21aa"]).analyze();
            expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary ?? ""}`)), `${colorScheme} at ${width} px`).toEqual([]);
          }
        }
        expect(asked, "a mail loads nothing").toEqual([]);
      });
    }
  }
});
