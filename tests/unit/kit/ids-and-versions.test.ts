import {
  channelOf, checkListingId, compareVersions, idSkeleton, isCanonicalVersion, isListingId, isVersionRange, RESERVED_IDS, satisfiesRange, suggestNearest,
} from "@kosmarket/kit";
import { expect, test } from "vitest";

test.each(["a", "7", "openai", "local-qdrant", "a--b", "n8n", "a".repeat(64)])("%s has the form of an id", (id) => {
  expect(isListingId(id)).toBe(true);
  expect(checkListingId(id)).toEqual([]);
});

test.each(["", "-a", "a-", "A", "a_b", "a.b", "a b", "ä", "a\n", "a".repeat(65), "../a"])("%j has not", (id) => {
  expect(isListingId(id)).toBe(false);
  expect(checkListingId(id).map((problem) => problem.code)).toEqual(["id.invalid"]);
});

test.each(["api", "admin", "feed", "kos", "www", "new", "settings", "constructor", "con", "lpt1"])("%s is reserved", (id) => {
  expect(RESERVED_IDS.has(id)).toBe(true);
  expect(checkListingId(id).map((problem) => problem.code)).toEqual(["id.reserved"]);
});

test.each(["a-p-i", "adm1n", "k0s", "adrnin"])("%s reads like a reserved word", (id) => {
  expect(checkListingId(id).map((problem) => problem.code)).toEqual(["id.reserved"]);
});

test.each([
  ["local-qdrant", "localqdrant"],
  ["foo_bar.baz", "foo-bar-baz"],
  ["o0o", "ooo"],
  ["pay1", "payl"],
  ["ai", "al"],
  ["modern", "rnodern"],
  ["openai", "оpenаi"],
  ["cafe", "café"],
])("%s and %s have one skeleton", (a, b) => {
  expect(idSkeleton(a)).toBe(idSkeleton(b));
});

test("different names have different skeletons", () => {
  const names = ["openai", "ollama", "qdrant", "chroma", "whisper", "bark", "n8n", "a1111", "comfyui", "plugin-a", "plugin-b"];
  expect(new Set(names.map(idSkeleton)).size).toBe(names.length);
});

test("versions are compared by precedence, and only canonical ones", () => {
  const sorted = ["2.0.0", "1.10.0", "1.9.0", "2.0.0-beta.11", "2.0.0-beta.2"].sort(compareVersions);
  expect(sorted).toEqual(["1.9.0", "1.10.0", "2.0.0-beta.2", "2.0.0-beta.11", "2.0.0"]);
  expect(() => compareVersions("v1.0.0", "1.0.0")).toThrow(TypeError);
  expect(isCanonicalVersion("1.0.0\n")).toBe(false);
});

test.each([
  ["1.0.0", "stable"],
  ["1.0.0-beta.1", "beta"],
  ["1.0.0-rc.1", "beta"],
  ["1.0.0-0", "beta"],
  ["1.0.0-nightly.20260101", "nightly"],
  ["1.0.0-nightly20260101", "nightly"],
  ["1.0.0-canary.3", "nightly"],
])("%s belongs to %s", (version, channel) => {
  expect(channelOf(version)).toBe(channel);
});

test("ranges are semver ranges, and an empty one is none", () => {
  expect(["^1.0.0", ">=1 <3", "*", "1.x"].every(isVersionRange)).toBe(true);
  expect(["", " ", "latest", "^^1", "https://x"].some(isVersionRange)).toBe(false);
  expect(satisfiesRange("1.5.0", "^1.0.0")).toBe(true);
  expect(satisfiesRange("2.0.0-beta.1", "^1.0.0")).toBe(false);
});

test("a suggestion is near, or there is none", () => {
  expect(suggestNearest("capabilites", ["capabilities", "permissions"])).toBe("capabilities");
  expect(suggestNearest("tokenEnv", ["token_env", "type"])).toBe("token_env");
  expect(suggestNearest("bearer", ["none", "bearer_token"])).toBe("bearer_token");
  expect(suggestNearest("zzzzzz", ["capabilities", "permissions"])).toBeNull();
});
