export const artifacts = "artifacts";
