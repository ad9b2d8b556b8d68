abstract class Shape {
  abstract area(): number;
  declare kind: string;
  readonly name: string = 'shape';
  optional?: number;
  describe(): string;
  describe(long?: boolean): string {
    return long ? `${this.name}: ${this.area()}` : this.name;
  }
}
class Square extends Shape implements Named {
  constructor(private side: number, public readonly label = 'square') {
    super();
  }
  override area(): number { return this.side ** 2; }
}
interface Named { name: string }
export function run(): string[] {
  const square = new Square(2);
  return [square.describe(), square.label];
}
