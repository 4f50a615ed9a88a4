// dependency-cruiser: layer-provenance
import { publishing } from "#lib/publishing/index.ts";

export const seen = publishing;
