export const plainPage: string;
