// eslint: @typescript-eslint/consistent-type-imports
import { Kind } from "./kind.ts";

export const plugin: Kind = "plugin";
