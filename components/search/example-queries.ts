/** Words that find something in the built-in catalogue; shown where someone does not know what to type. */
export const EXAMPLE_QUERIES = ["speech to text", "vector store", "chat", "image generation", "automation"] as const;
