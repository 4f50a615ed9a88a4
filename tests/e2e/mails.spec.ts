import { mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { MAILS, writeMail } from "#lib/mail/index.ts";
import { MAIL_LANGUAGES } from "#lib/mail/schema.ts";
import { expect, test } from "./fixtures.ts";

const SENDER = { publicUrl: "https://market.example", unsubscribeUrl: "https://market.example/api/v1/mail/unsubscribe?t=example" };
const screens = join(import.meta.dirname, "../../docs/screens/mails");

test.describe("each mail, in each language, in light and dark, narrow and wide", () => {
  for (const mail of MAILS) {
    for (const language of MAIL_LANGUAGES) {
      test(`${mail.event} ${language}`, async ({ page }) => {
        const asked: string[] = [];
        page.on("request", (request) => asked.push(request.url()));
        await page.setContent(writeMail(mail.sample(), language, SENDER).html);
        for (const width of [360, 700]) {
          await page.setViewportSize({ width, height: 640 });
          expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
          for (const colorScheme of ["light", "dark"] as const) {
            await page.emulateMedia({ colorScheme });
            const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(["wcag2a", "wcag2aa", "wcag21aa"]).analyze();
            expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary ?? ""}`)), `${colorScheme} at ${width} px`).toEqual([]);
            if (process.env["SCREENS"] !== "1") continue;
            mkdirSync(screens, { recursive: true });
            await page.screenshot({ path: join(screens, `${mail.event.replace(/[^a-z]+/g, "-")}-${language}-${colorScheme}-${width}.png`), fullPage: true });
          }
        }
        expect(asked, "a mail loads nothing").toEqual([]);
      });
    }
  }
});
