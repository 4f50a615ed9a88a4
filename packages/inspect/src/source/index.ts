export type { SourceUse, SourceUses } from "./source-uses.ts";
export { isSourcePath, parseSource } from "./parse-source.ts";
export type { ParsedSource, SyntaxFault } from "./parsed-source.ts";
export { placeInText } from "./place-in-text.ts";
export { HOST_MEMBERS } from "./platform-uses.ts";
