export const analytics = "analytics";
