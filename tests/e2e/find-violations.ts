import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds wrong. Only colours differ between the themes, so that the other rules need to look at one of them. */
export async function findViolations(page: Page, colorScheme: "light" | "dark"): Promise<string[]> {
  // Without frames there is nothing to gather from them, which the other mode opens a second page for.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations: found } = await (colorScheme === "light" ? axe.withTags(RULES) : axe.withRules("color-contrast")).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary?.split("\n").at(-1)?.trim() ?? ""}`));
}
