export default class Platform {}
