export const platform = "platform";
