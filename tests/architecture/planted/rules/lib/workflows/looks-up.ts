// dependency-cruiser: layer-workflows
import { publishing } from "#lib/publishing/index.ts";

export const seen = publishing;
