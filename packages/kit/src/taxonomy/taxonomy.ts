/**
 * What a service must declare to claim a capability: the ids of entries in its
 * `endpoints`, the keys in its `parameters` under this capability, and how one
 * sees that it is alive.
 */
export interface CapabilityContract {
  readonly endpoints: readonly string[];
  readonly parameters: readonly string[];
  readonly probe: string;
}

interface TaxonomyShape {
  readonly types: readonly { id: string; label: string; meaning: string }[];
  readonly classes: readonly { id: string; label: string; meaning: string }[];
  readonly capabilities: readonly { id: string; class: string; meaning: string; contract: CapabilityContract }[];
}

/** The whole vocabulary of types, classes and capabilities. Adding a capability is one entry here. */
export const TAXONOMY = {
  types: [
    { id: "llm", label: "Language model", meaning: "Answers in natural language." },
    { id: "vector_store", label: "Vector store", meaning: "Keeps vectors and finds the nearest ones." },
    { id: "image_gen", label: "Image generator", meaning: "Makes pictures from text or other pictures." },
    { id: "media_proc", label: "Media processor", meaning: "Makes, transcribes or changes sound and video." },
    { id: "tools", label: "Tool", meaning: "Does one job for an assistant, from automation to search." },
    { id: "user_plugin", label: "Plugin", meaning: "Code that runs inside the host." },
  ],
  classes: [
    { id: "generation", label: "Generation", meaning: "Makes something new." },
    { id: "analysis", label: "Analysis", meaning: "Says something about what it is given." },
    { id: "storage", label: "Storage", meaning: "Keeps things and gives them back." },
    { id: "processing", label: "Processing", meaning: "Turns what it is given into another form." },
  ],
  capabilities: [
    { id: "chat", class: "generation", meaning: "Continues a conversation, message by message.",
      contract: { endpoints: ["chat"], parameters: ["model"], probe: "The health request answers with its expected status; a one-token chat ends without an error." } },
    { id: "text_generation", class: "generation", meaning: "Writes text from a prompt.",
      contract: { endpoints: ["text_generation"], parameters: ["model"], probe: "A one-token completion ends without an error." } },
    { id: "image_generation", class: "generation", meaning: "Makes a picture from a description.",
      contract: { endpoints: ["image_generation"], parameters: ["prompt"], probe: "The health request answers with its expected status." } },
    { id: "audio_generation", class: "generation", meaning: "Makes music or sound from a description.",
      contract: { endpoints: ["audio_generation"], parameters: ["prompt"], probe: "The health request answers with its expected status." } },
    { id: "video_generation", class: "generation", meaning: "Makes moving pictures from a description.",
      contract: { endpoints: ["video_generation"], parameters: ["prompt"], probe: "The health request answers with its expected status." } },
    { id: "text_to_speech", class: "generation", meaning: "Speaks a text aloud.",
      contract: { endpoints: ["text_to_speech"], parameters: ["voice"], probe: "One spoken word comes back as audio." } },
    { id: "text_analysis", class: "analysis", meaning: "Finds topics, sentiment or entities in text.",
      contract: { endpoints: ["text_analysis"], parameters: [], probe: "One short sentence is analysed without an error." } },
    { id: "image_analysis", class: "analysis", meaning: "Says what a picture shows.",
      contract: { endpoints: ["image_analysis"], parameters: [], probe: "A one-pixel picture is answered without an error." } },
    { id: "data_analysis", class: "analysis", meaning: "Finds patterns in tables and numbers.",
      contract: { endpoints: ["data_analysis"], parameters: [], probe: "A table of one row is answered without an error." } },
    { id: "audio_analysis", class: "analysis", meaning: "Says what a recording holds.",
      contract: { endpoints: ["audio_analysis"], parameters: [], probe: "A second of silence is answered without an error." } },
    { id: "speech_to_text", class: "analysis", meaning: "Writes down what is said in a recording.",
      contract: { endpoints: ["speech_to_text"], parameters: ["file"], probe: "A second of silence is transcribed without an error." } },
    { id: "embeddings", class: "analysis", meaning: "Turns text into vectors that can be compared.",
      contract: { endpoints: ["embeddings"], parameters: ["model"], probe: "One word comes back as a vector of numbers." } },
    { id: "health", class: "analysis", meaning: "Reports whether the service itself is well.",
      contract: { endpoints: ["health"], parameters: [], probe: "The health request answers with its expected status." } },
    { id: "vector_storage", class: "storage", meaning: "Keeps vectors with their data.",
      contract: { endpoints: ["collections", "upsert"], parameters: ["collection"], probe: "The list of collections is answered." } },
    { id: "similarity_search", class: "storage", meaning: "Finds the stored vectors nearest to a given one.",
      contract: { endpoints: ["search"], parameters: ["collection", "limit"], probe: "A search in a known collection is answered." } },
    { id: "file_storage", class: "storage", meaning: "Keeps files and gives them back.",
      contract: { endpoints: ["upload", "download"], parameters: [], probe: "The list of files is answered." } },
    { id: "memory_storage", class: "storage", meaning: "Remembers facts for an assistant between conversations.",
      contract: { endpoints: ["remember", "recall"], parameters: [], probe: "Recalling an unknown fact answers that there is none." } },
    { id: "text_processing", class: "processing", meaning: "Rewrites, translates or reformats text.",
      contract: { endpoints: ["text_processing"], parameters: [], probe: "One short sentence is processed without an error." } },
    { id: "image_processing", class: "processing", meaning: "Changes a picture: size, style, background, detail.",
      contract: { endpoints: ["image_processing"], parameters: [], probe: "A one-pixel picture is processed without an error." } },
    { id: "audio_processing", class: "processing", meaning: "Changes a recording: format, noise, loudness, voices.",
      contract: { endpoints: ["audio_processing"], parameters: [], probe: "A second of silence is processed without an error." } },
    { id: "video_processing", class: "processing", meaning: "Changes moving pictures: format, cut, size.",
      contract: { endpoints: ["video_processing"], parameters: [], probe: "The health request answers with its expected status." } },
    { id: "workflow_processing", class: "processing", meaning: "Runs a series of steps described beforehand.",
      contract: { endpoints: ["run_workflow"], parameters: [], probe: "The list of workflows is answered." } },
    { id: "model_management", class: "processing", meaning: "Lists, loads and removes the models it serves.",
      contract: { endpoints: ["models"], parameters: [], probe: "The list of models is answered." } },
    { id: "automation", class: "processing", meaning: "Starts other programs' actions when something happens.",
      contract: { endpoints: ["trigger"], parameters: [], probe: "The health request answers with its expected status." } },
    { id: "graph_execution", class: "processing", meaning: "Runs a graph of connected nodes.",
      contract: { endpoints: ["execute_graph"], parameters: [], probe: "The queue or the list of node types is answered." } },
    { id: "mesh_networking", class: "processing", meaning: "Connects hosts with one another.",
      contract: { endpoints: ["peers"], parameters: [], probe: "The list of peers is answered." } },
  ],
} as const satisfies TaxonomyShape;

export type ListingType = (typeof TAXONOMY.types)[number]["id"];
export type CapabilityClass = (typeof TAXONOMY.classes)[number]["id"];
export type CapabilityId = (typeof TAXONOMY.capabilities)[number]["id"];

export const LISTING_TYPES: readonly ListingType[] = TAXONOMY.types.map((type) => type.id);
export const CAPABILITY_IDS: readonly CapabilityId[] = TAXONOMY.capabilities.map((capability) => capability.id);

/** The class of a capability, or null when the taxonomy does not know it. */
export function capabilityClass(id: string): CapabilityClass | null {
  return TAXONOMY.capabilities.find((capability) => capability.id === id)?.class ?? null;
}
