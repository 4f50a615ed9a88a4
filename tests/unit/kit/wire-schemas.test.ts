import { feedJsonSchema, FeedSchema, pluginJsonSchema, serviceJsonSchema, sha256Hex } from "@kosmarket/kit";
import { expect, test } from "vitest";
import { z } from "zod";
import { bytesOf } from "./read-vectors.ts";

const ENTRY = {
  latest: "1.8.0",
  url: "https://market.example/api/service/openai/download?version=1.8.0",
  checksum: `sha256:${"a".repeat(64)}`,
  signature: "-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n",
};

test("a feed entry has exactly four keys", () => {
  expect(FeedSchema.safeParse({ openai: ENTRY }).success).toBe(true);
  expect(FeedSchema.safeParse({}).success).toBe(true);
  expect(FeedSchema.safeParse({ openai: { ...ENTRY, channel: "stable" } }).success).toBe(false);
  for (const key of Object.keys(ENTRY)) {
    expect(FeedSchema.safeParse({ openai: { ...ENTRY, [key]: undefined } }).success).toBe(false);
  }
});

test.each([
  ["a version that is not canonical", { openai: { ...ENTRY, latest: "v1.8.0" } }],
  ["a checksum in capitals", { openai: { ...ENTRY, checksum: `sha256:${"A".repeat(64)}` } }],
  ["an address that is not http", { openai: { ...ENTRY, url: "javascript:alert(1)" } }],
  ["an id that is none", { Open_AI: ENTRY }],
  ["a key of the registry's own", { generated_at: "2026-01-01" }],
])("the feed refuses %s", (_, feed) => {
  expect(FeedSchema.safeParse(feed).success).toBe(false);
});

test.each([
  ["services", serviceJsonSchema],
  ["plugin", pluginJsonSchema],
  ["feed", feedJsonSchema],
])("the published %s schema is JSON Schema 2020-12 and survives JSON", (_, publish) => {
  const schema = publish();
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object" });
});

test("the published plugin schema is closed but for x- fields", () => {
  expect(pluginJsonSchema()).toMatchObject({
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    required: ["id", "name", "entrypoint", "version"],
  });
});

test("the published feed schema, read back, accepts and refuses as ours does", () => {
  const reread = z.fromJSONSchema(JSON.parse(JSON.stringify(feedJsonSchema())) as z.core.JSONSchema.JSONSchema);
  expect(reread.safeParse({ openai: ENTRY }).success).toBe(true);
  expect(reread.safeParse({ openai: { ...ENTRY, extra: 1 } }).success).toBe(false);
  expect(reread.safeParse({ openai: { ...ENTRY, latest: "1.8.0+build" } }).success).toBe(false);
});

test("sha256Hex agrees with the published test vector", async () => {
  // FIPS 180-4, "abc".
  expect(await sha256Hex(bytesOf("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
