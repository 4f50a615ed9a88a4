// dependency-cruiser: layer-teams
import { publishing } from "#lib/publishing/index.ts";

export const seen = publishing;
