export const lazy = async () => (await import('./rate.js')).rate();
