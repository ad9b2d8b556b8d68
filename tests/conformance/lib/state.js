export const state = { value: 0 };
export const bump = () => { state.value += 1; return state.value; };
