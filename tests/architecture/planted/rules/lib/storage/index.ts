export const storage = "storage";
