export const accounts = "accounts";
