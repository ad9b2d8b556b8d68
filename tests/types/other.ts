export const other = (): number => 2;
