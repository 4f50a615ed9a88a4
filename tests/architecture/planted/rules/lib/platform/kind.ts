export type Kind = "service" | "plugin";
