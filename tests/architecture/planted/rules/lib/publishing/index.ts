export const publishing = "publishing";
