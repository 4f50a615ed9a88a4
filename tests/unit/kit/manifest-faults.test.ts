import { parseManifestYaml, parsePluginYaml, parseServicesYaml } from "@kosmarket/kit";
import { expect, test } from "vitest";
import { bytesOf } from "./read-vectors.ts";

const PLUGIN = "id: plugin-a\nname: A\nentrypoint: main.ts\nversion: 1.0.0\n";
const SERVICE = "services:\n  - id: svc-a\n    name: A\n    type: llm\n    endpoint: https://api.example.com\n    auth: {type: none}\n    capabilities: [chat]\n";

test("all faults of a manifest come in one answer, each with its place and advice", () => {
  const text = `${PLUGIN.replace("1.0.0", "1.10")}permisions: []\npermissions: [audio_out, llm_access]\nui: {icon: ../x.svg}\nname: B\nruntime: typscript\n`;
  const { problems, plugin } = parsePluginYaml(bytesOf(text));
  expect(plugin).toBeNull();
  expect(problems.map(({ code, line, column, pointer, suggestion }) => [code, line, column, pointer, suggestion])).toEqual([
    ["version.not-quoted", 4, 10, "/version", 'Quote it: version: "1.10"'],
    ["manifest.unknown-field", 5, 1, "/permisions", "Did you mean `permissions`?"],
    ["permission.unknown", 6, 15, "/permissions/0", "Did you mean `audio_output`?"],
    ["manifest.unsafe-path", 7, 12, "/ui/icon", null],
    ["yaml.duplicate-key", 8, 1, "/name", "Keep one of the two."],
    ["manifest.invalid-value", 9, 10, "/runtime", "Did you mean `typescript`?"],
  ]);
});

test("publishing needs a version and exactly one service; importing does not", () => {
  const two = bytesOf(`${SERVICE}${SERVICE.replace("services:\n", "").replace("svc-a", "svc-b")}`);
  expect(parseServicesYaml(two).problems).toEqual([]);
  const codes = parseServicesYaml(two, { publishing: true }).problems.map(({ code, pointer }) => [code, pointer]);
  expect(codes).toContainEqual(["manifest.missing-field", "/services/0/version"]);
  expect(codes).toContainEqual(["manifest.missing-field", "/services/1/version"]);
  expect(codes).toContainEqual(["manifest.not-one-service", "/services/1"]);
});

test("a fault in one service leaves the others usable", () => {
  const mixed = `${SERVICE}${SERVICE.replace("services:\n", "").replace("svc-a", "svc-b").replace("llm", "lmm")}`;
  const { services, problems } = parseServicesYaml(bytesOf(mixed));
  expect(services.map((service) => service.id)).toEqual(["svc-a"]);
  expect(problems.map((problem) => problem.code)).toEqual(["manifest.invalid-value"]);
});

test("a fault outside the entries leaves none usable", () => {
  expect(parseServicesYaml(bytesOf(`${SERVICE}extra: 1\n`)).services).toEqual([]);
});

test("fields that begin with x- are dropped where fields are closed and kept where names are free", () => {
  const { services, problems } = parseServicesYaml(bytesOf(`${SERVICE}    x-mine: 1\n    headers: {x-mine: "1"}\n`));
  expect(problems).toEqual([]);
  expect(services[0]).not.toHaveProperty("x-mine");
  expect(services[0]?.headers).toEqual({ "x-mine": "1" });
});

test("a list that names an entry twice is warned of, not refused", () => {
  const { plugin, problems } = parsePluginYaml(bytesOf(`${PLUGIN}permissions: [network, http_request, network]\n`));
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([["manifest.duplicate-item", "W"]]);
  expect(plugin?.permissions).toEqual(["network"]);
});

test("the secret itself is never repeated in a problem", () => {
  const secret = "sk-proj-abcdefghijklmnopqrstuv";
  const { problems } = parseManifestYaml(bytesOf(SERVICE.replace("{type: none}", `{type: bearer_token, token_env: ${secret}}`)));
  expect(problems.map((problem) => problem.code)).toContain("manifest.secret");
  expect(JSON.stringify(problems)).not.toContain(secret);
});

test("a plugin is told that the fields of a service do not belong to it", () => {
  const { kind, problems } = parseManifestYaml(bytesOf(`${PLUGIN}endpoint: https://x.example\n`));
  expect(kind).toBe("plugin");
  expect(problems.map((problem) => problem.code)).toEqual(["manifest.unknown-field"]);
});
