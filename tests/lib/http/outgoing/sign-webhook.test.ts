import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { signWebhook, verifyWebhook } from "#lib/http/index.ts";

const SECRET = "whsec_0123456789";
const BODY = '{"event":"version.published"}';
const NOW = 1_790_000_000;
const header = signWebhook(SECRET, NOW, BODY);

test("the header is written as it is documented", () => {
  expect(header).toBe(`t=${NOW},v1=${createHmac("sha256", SECRET).update(`${NOW}.${BODY}`).digest("hex")}`);
  expect(verifyWebhook(SECRET, header, BODY, NOW)).toBe(true);
  expect(verifyWebhook(SECRET, header, new TextEncoder().encode(BODY), NOW)).toBe(true);
});

test.each([-300, 300])("a clock that is %s s off is within the window", (off) => {
  expect(verifyWebhook(SECRET, header, BODY, NOW + off)).toBe(true);
});

test("of two signatures one good is enough, while a secret is changed", () => {
  expect(verifyWebhook(SECRET, `${signWebhook("old", NOW, BODY)},v1=${header.split("v1=")[1]}`, BODY, NOW)).toBe(true);
});

test.each([
  ["another body", header, `${BODY} `, NOW],
  ["a replay after five minutes", header, BODY, NOW + 301],
  ["a time to come", header, BODY, NOW - 301],
  ["another time with the same signature", header.replace(`t=${NOW}`, `t=${NOW + 1}`), BODY, NOW],
  ["two times", `t=${NOW},${header}`, BODY, NOW],
  ["no time", header.split(",")[1], BODY, NOW],
  ["no signature", `t=${NOW}`, BODY, NOW],
  ["a shortened signature", header.slice(0, -2), BODY, NOW],
  ["an unknown scheme alone", header.replace("v1=", "v0="), BODY, NOW],
  ["nothing", "", BODY, NOW],
])("%s is refused", (_, given, body, now) => {
  expect(verifyWebhook(SECRET, given ?? "", body, now)).toBe(false);
});

test("another secret is refused", () => {
  expect(verifyWebhook("another", header, BODY, NOW)).toBe(false);
});
