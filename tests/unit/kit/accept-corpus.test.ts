import { checkCapabilityContracts, parseManifestYaml, parsePluginYaml, parseServicesYaml } from "@kosmarket/kit";
import { expect, test } from "vitest";
import { bytesOf, readVector } from "./read-vectors.ts";

test("the documented services file is accepted byte for byte", () => {
  const parsed = parseServicesYaml(readVector("accept", "services.yaml"));
  expect(parsed.problems).toEqual([]);
  expect(parsed.services.map((service) => [service.id, service.trust_level, service.version])).toEqual([
    ["openai", "trusted", "1.8.0"],
    ["local-qdrant", "system", undefined],
  ]);
});

test("the documented plugin file is accepted byte for byte, and its menu implies a permission", () => {
  const parsed = parsePluginYaml(readVector("accept", "plugin.yaml"));
  expect(parsed.problems).toEqual([]);
  expect(parsed.plugin).toMatchObject({
    id: "plugin-musicgen",
    version: "0.2.1",
    permissions: ["audio_output", "llm_access", "ui_menu"],
    type: "user_plugin",
    platforms: ["linux", "macos", "windows", "browser"],
    dependencies: { listings: {}, npm: { "@tensorflow/tfjs": "^4.0.0" } },
  });
});

test("every optional field of a service is accepted", () => {
  const parsed = parseManifestYaml(readVector("accept", "services-every-field.yaml"));
  expect(parsed.problems).toEqual([]);
  expect(parsed.kind).toBe("service");
  expect(parsed.services).toHaveLength(3);
  expect(parsed.services[0]).not.toHaveProperty("x-note");
  expect(parsed.services[0]?.headers).toEqual({ "x-api-version": "2026-01-01", accept: "application/json" });
});

test("every optional field of a plugin is accepted and normalised", () => {
  const parsed = parseManifestYaml(readVector("accept", "plugin-every-field.yaml"));
  expect(parsed.problems).toEqual([]);
  expect(parsed.plugin).toMatchObject({
    version: "1.10.0",
    permissions: ["log_output", "network", "storage", "ui_panel", "ui_menu"],
    dependencies: { listings: { "plugin-other": "^1.2.0" }, npm: { "@scope/package": "~2.0.0", lodash: "^4.17.0" } },
  });
});

test.each(["services.yaml", "plugin.yaml", "services-every-field.yaml", "plugin-every-field.yaml"])("%s with CRLF line ends means the same", (file) => {
  const text = new TextDecoder().decode(readVector("accept", file));
  const unix = parseManifestYaml(bytesOf(text));
  const windows = parseManifestYaml(bytesOf(text.replaceAll("\n", "\r\n")));
  expect(windows).toEqual(unix);
});

test("a leading document marker is no second document", () => {
  const text = new TextDecoder().decode(readVector("accept", "plugin.yaml"));
  expect(parsePluginYaml(bytesOf(`---\n${text}`)).problems).toEqual([]);
});

test("a capability without its contract's endpoints is a warning that names them", () => {
  const { services } = parseServicesYaml(readVector("accept", "services.yaml"));
  const [openai] = services;
  const problems = openai === undefined ? [] : checkCapabilityContracts(openai);
  expect(problems.map((problem) => [problem.severity, problem.pointer])).toEqual([
    ["W", "/services/0/capabilities/0"],
    ["W", "/services/0/capabilities/1"],
  ]);
  expect(problems[0]?.detail).toContain("endpoint `chat`");
});
