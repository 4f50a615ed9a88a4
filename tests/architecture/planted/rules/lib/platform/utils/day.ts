// eslint: house/meaningful-names
export const day = 1;
