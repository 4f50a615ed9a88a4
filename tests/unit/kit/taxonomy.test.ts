import { capabilityClass, PERMISSIONS, permissionRisk, TAXONOMY, TRUST_LEVELS } from "@kosmarket/kit";
import { expect, test } from "vitest";

const NAMED_CAPABILITIES = [
  "text_generation", "image_generation", "audio_generation", "video_generation", "text_to_speech", "text_analysis", "image_analysis",
  "data_analysis", "audio_analysis", "speech_to_text", "vector_storage", "file_storage", "memory_storage", "text_processing",
  "image_processing", "audio_processing", "video_processing", "workflow_processing", "chat", "embeddings", "similarity_search",
  "model_management", "automation", "graph_execution", "mesh_networking", "health",
];
const NAMED_PERMISSIONS = [
  "log_output", "read_config", "audio_output", "audio_input", "llm_access", "vector_access", "image_gen_access", "service_invoke",
  "event_broadcast", "storage", "file_read", "file_write", "network", "http_request", "clipboard", "notifications", "ui_menu",
  "ui_panel", "credentials", "spawn_process", "gpu",
];

test("the taxonomy names what the contract names, once each", () => {
  expect(TAXONOMY.types.map((type) => type.id)).toEqual(["llm", "vector_store", "image_gen", "media_proc", "tools", "user_plugin"]);
  expect(TAXONOMY.capabilities.map((capability) => capability.id).sort()).toEqual(NAMED_CAPABILITIES.sort());
  expect(PERMISSIONS.map((permission) => permission.id)).toEqual(NAMED_PERMISSIONS);
  expect(TRUST_LEVELS.map((level) => level.id)).toEqual(["system", "trusted", "unverified"]);
});

test("each capability stands in a known class and says how it is proven", () => {
  const classes = TAXONOMY.classes.map((entry) => entry.id);
  for (const { id, contract } of TAXONOMY.capabilities) {
    expect(classes).toContain(capabilityClass(id));
    expect(contract.endpoints.length).toBeGreaterThan(0);
    expect(contract.probe).toMatch(/\.$/);
  }
  expect(capabilityClass("unknown")).toBeNull();
});

test("each permission is a sentence with a risk, and what is unknown counts as high", () => {
  for (const { sentence, enforcement } of PERMISSIONS) expect(`${sentence} ${enforcement}`).toMatch(/^It .*\.$/);
  expect(permissionRisk("spawn_process")).toBe("high");
  expect(permissionRisk("log_output")).toBe("low");
  expect(permissionRisk("unheard_of")).toBe("high");
});
