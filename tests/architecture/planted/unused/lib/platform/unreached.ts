export const unreached = "unreached";
