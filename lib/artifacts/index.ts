export { throughInspectionGate } from "./inspection-gate.ts";
export { inspectUpload, type UploadPart } from "./inspect-upload.ts";
export { storeArtifact, withArtifactFile } from "./store-artifact.ts";
