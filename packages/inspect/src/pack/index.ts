export { PackError } from "./errors.ts";
export { packReproducible } from "./pack-reproducible.ts";
export type { PackedFolder } from "./pack-reproducible.ts";
export { writeZip } from "./write-zip.ts";
export type { ZipInput } from "./write-zip.ts";
