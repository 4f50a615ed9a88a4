import { findBreakingChanges, findSchemaBreaks, mayBreak, parseManifestYaml, type Manifest } from "@kosmarket/kit";
import { describe, expect, test } from "vitest";

function read(text: string): Manifest {
  const { services, plugin, problems } = parseManifestYaml(new TextEncoder().encode(text), { publishing: true });
  if (plugin !== null) return { kind: "plugin", ...plugin };
  if (services[0] === undefined) throw new Error(JSON.stringify(problems));
  return { kind: "service", ...services[0] };
}

const service = (lines: string[] = [], auth = ["    auth:", "      type: bearer_token", "      token_env: TIDES_KEY"]) =>
  read(["services:", "  - id: tides", "    name: Tides", "    type: llm", "    endpoint: https://tides.example.org/v1", ...auth, '    version: "1.0.0"', ...(lines.some((line) => line.includes("capabilities")) ? [] : ["    capabilities: [chat, embeddings]"]), ...lines, ""].join("\n"));
const plugin = (lines: string[] = []) => read(["id: tides", "name: Tides", "entrypoint: main.ts", 'version: "1.0.0"', ...lines, ""].join("\n"));
const said = (before: Manifest, after: Manifest) => findBreakingChanges(before, after).map(({ what, before: was, after: is }) => [what, was, is]);

const ENDPOINTS = ["    endpoints:", "      - id: ask", "        path: /ask", "        method: POST"];
const PARAMETERS = (type: string, more: string[] = []) => ["    parameters:", "      chat:", "        - key: warmth", "          label: Warmth", `          type: ${type}`, ...more.map((line) => `          ${line}`)];

describe("a service breaks its promise", () => {
  test("when a capability or an endpoint goes, or an endpoint moves", () => {
    expect(said(service(), service(["    capabilities: [chat]"]))).toEqual([["the capability `embeddings` is gone", "/capabilities/1", null]]);
    expect(said(service(ENDPOINTS), service())).toEqual([["the endpoint `ask` is gone", "/endpoints/0", null]]);
    expect(said(service(ENDPOINTS), service(ENDPOINTS.map((line) => line.replace("/ask", "/v2/ask"))))).toEqual([["the endpoint `ask` is POST /v2/ask instead of POST /ask", "/endpoints/0", "/endpoints/0"]]);
  });

  test("when a parameter goes, becomes another type, or may not be left out any more", () => {
    expect(said(service(PARAMETERS("number")), service())).toEqual([["the parameter `warmth` of `chat` is gone", "/parameters/chat/0", null]]);
    expect(said(service(PARAMETERS("number")), service(PARAMETERS("string")))).toEqual([["the parameter `warmth` of `chat` is a string instead of a number", "/parameters/chat/0", "/parameters/chat/0"]]);
    expect(said(service(PARAMETERS("number")), service(PARAMETERS("number", ["required: true"])))).toEqual([["the parameter `warmth` of `chat` is required now", "/parameters/chat/0", "/parameters/chat/0"]]);
    expect(said(service(), service(PARAMETERS("number", ["required: true"])))).toEqual([["the parameter `warmth` of `chat` is new and required", null, "/parameters/chat/0"]]);
  });

  test("when a host has to prove itself in another way", () => {
    expect(said(service(), service([], ["    auth:", "      type: basic", "      username_env: A", "      password_env: B"]))).toEqual([["the authentication is `basic` instead of `bearer_token`", "/auth", "/auth"]]);
    expect(said(service(), service([], ["    auth:", "      type: bearer_token", "      token_env: OTHER_KEY"]))).toEqual([["the authentication `bearer_token` is given in another way", "/auth", "/auth"]]);
    expect(said(service([], ["    auth:", "      type: bearer_token", "      token_env: TIDES_KEY", "      optional: true"]), service())).toEqual([["the authentication may not be left out any more", "/auth", "/auth"]]);
  });

  test("and not by adding, describing or reordering", () => {
    const more = service(["    capabilities: [embeddings, chat, health]", "    description: More words.", ...ENDPOINTS, ...PARAMETERS("number"), "    tags: [sea]"], ["    auth:", "      help: Ask the harbour master.", "      token_env: TIDES_KEY", "      type: bearer_token"]);
    expect(said(service(), more)).toEqual([]);
    expect(said(service(["    endpoints:", "      - id: ask", "        path: /ask"]), service(["    endpoints:", "      - id: ask", "        path: /ask", "        method: GET"]))).toEqual([]);
  });
});

describe("a plugin breaks its promise", () => {
  test("when it can or runs less, or asks for more", () => {
    expect(said(plugin(["capabilities: [text_analysis]"]), plugin())).toEqual([["the capability `text_analysis` is gone", "/capabilities/0", null]]);
    expect(said(plugin(), plugin(["permissions: [file_read]"]))).toEqual([["the permission `file_read` is asked for besides", null, "/permissions/0"]]);
    expect(said(plugin(), plugin(["platforms: [linux, macos, windows]"]))).toEqual([["the platform `browser` is gone", "/platforms/3", null]]);
    expect(said(plugin(["config_schema: settings.json"]), plugin())).toEqual([["the settings are gone", "/config_schema", null]]);
  });

  test("when fewer versions of kOS will do, and not when more will", () => {
    expect(said(plugin(["engines: { kos: '>=1.0.0' }"]), plugin(["engines: { kos: '>=2.0.0' }"]))).toEqual([["kOS >=2.0.0 is needed, where >=1.0.0 would do", "/engines/kos", "/engines/kos"]]);
    expect(said(plugin(), plugin(["engines: { kos: '^1.0.0' }"]))).toEqual([["kOS ^1.0.0 is needed, where any would do", null, "/engines/kos"]]);
    expect(said(plugin(["engines: { kos: '^1.2.0' }"]), plugin(["engines: { kos: '>=1.0.0' }"]))).toEqual([]);
  });

  test("and not by asking for less or for the same under another name", () => {
    expect(said(plugin(["permissions: [network, log_output]", "network: [a.example]"]), plugin(["permissions: [http_request]", "network: [a.example]"]))).toEqual([]);
  });
});

describe("settings break", () => {
  const schema = (properties: object, required: string[] = []) => ({ type: "object", properties, required });

  test("when one goes, becomes another type or is required now, at any depth", () => {
    const before = schema({ colour: { type: "string" }, size: { type: "integer" }, place: schema({ harbour: { type: "string" }, pier: { type: "number" } }) });
    const after = schema({ size: { type: "string" }, place: schema({ harbour: { type: "string" } }, ["harbour"]), key: { type: "string" } }, ["key"]);
    expect(findSchemaBreaks(before, after).map(({ what, before: was, after: is }) => [what, was, is])).toEqual([
      ["the setting `colour` is gone", "/properties/colour", null],
      ["the setting `size` is string instead of integer", "/properties/size", "/properties/size"],
      ["the setting `place.pier` is gone", "/properties/place/properties/pier", null],
      ["the setting `place.harbour` is required now", "/properties/place/properties/harbour", "/properties/place/required"],
      ["the setting `key` is required now", null, "/required"],
    ]);
  });

  test("and not when a type takes more, or one is added", () => {
    expect(findSchemaBreaks(schema({ size: { type: "integer" }, a: { type: "string" } }), schema({ size: { type: "number" }, a: { type: ["string", "null"] }, b: {} }))).toEqual([]);
  });

  test("is asked of anything at all without a fault", () => {
    const deep: Record<string, unknown> = {};
    let at = deep;
    for (let level = 0; level < 5_000; level++) {
      const inner = {};
      at["properties"] = { a: inner };
      at = inner;
    }
    for (const odd of [null, 7, [], "x", { properties: [] }, { properties: null, required: [1] }, deep]) expect(findSchemaBreaks(odd, odd)).toEqual([]);
  });
});

test.each([
  ["1.9.0", "2.0.0", true],
  ["1.9.0", "1.10.0", false],
  ["0.3.0", "0.4.0", true],
  ["0.3.0", "0.3.1", false],
  ["2.0.0-beta.1", "2.0.0-beta.2", true],
  ["2.0.0-beta.1", "2.1.0-beta.1", false],
  ["1.9.0", "2.0.0-beta.1", true],
  ["2.0.0", "1.9.9", false],
])("from %s to %s something may break: %s", (before, after, expected) => {
  expect(mayBreak(before, after)).toBe(expected);
});
