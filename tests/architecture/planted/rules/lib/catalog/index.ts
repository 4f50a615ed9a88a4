export const catalog = "catalog";
