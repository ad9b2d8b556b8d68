export const charge = () => 'from the root __mocks__';
