//! Plugin code as the checks see it: one small tree for JavaScript, TypeScript and JSX.
//!
//! Types, parentheses and punctuation are gone, names are resolved to symbols, and nothing borrows
//! from the parser, so that thousands of files fit in memory at once. A symbol lives in a slot of
//! the function that declares it; when an inner function uses it, too, it is `captured`.

mod build;
mod expression;
mod function;
mod pattern;
mod statement;
mod walk;

use std::rc::Rc;

pub(crate) use build::build;
pub(crate) use statement::bound;
pub(crate) use walk::{Visitor, visit_function, visit_module};

/// Bytes of a node in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Place {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

/// A file in the order of the run.
pub(crate) type FileId = u32;
/// A symbol of a file.
pub(crate) type SymbolIndex = u32;
/// Text shared between nodes.
pub(crate) type Name = Rc<str>;

/// One file of code.
#[derive(Debug)]
pub(crate) struct Module {
    /// The whole file as a function without parameters.
    pub body: Rc<Function>,
    /// Every symbol.
    pub symbols: Vec<Symbol>,
    /// What it imports and re-exports.
    pub imports: Vec<Import>,
    /// What it exports, ES modules only.
    pub exports: Vec<Export>,
    /// Comments, for suppressions.
    pub comments: Vec<Place>,
    /// What rules saw in the parser's own tree.
    pub notes: Vec<crate::check::syntax::Note>,
    /// Whether it has `import` or `export`.
    pub is_module: bool,
    /// How many functions it has; their indices are below.
    pub functions: u32,
}

/// A variable, parameter, function, class or import.
#[derive(Debug)]
pub(crate) struct Symbol {
    /// Its name.
    pub name: Name,
    /// Where it is declared.
    pub place: Place,
    /// Slot in the function that declares it.
    pub slot: u32,
    /// Index of that function.
    pub owner: u32,
    /// Whether an inner function uses it.
    pub captured: bool,
    /// Whether it is assigned after its declaration.
    pub reassigned: bool,
    /// How often it is read.
    pub reads: u32,
}

/// `import { name as symbol } from 'source'`.
#[derive(Debug)]
pub(crate) struct Import {
    /// As written.
    pub source: Name,
    /// The imported name; `default`, or `*` for the whole module.
    pub name: Name,
    /// What it is bound to; none for `import 'x'`.
    pub symbol: Option<SymbolIndex>,
    /// Place of the declaration.
    pub place: Place,
}

/// One exported name.
#[derive(Debug)]
pub(crate) enum Export {
    /// A symbol of the file.
    Symbol(Name, SymbolIndex),
    /// `export default <expression>`: the value is in the body as `Stmt::ExportDefault`.
    Default,
    /// `export { name as exported } from 'source'`; `*` stands for everything.
    From {
        /// Name here; `*` re-exports all names.
        exported: Name,
        /// Name there; `*` is the module itself.
        name: Name,
        /// As written.
        source: Name,
    },
}

/// A function of any kind.
#[derive(Debug)]
pub(crate) struct Function {
    /// Unique in the file.
    pub index: u32,
    /// Its file.
    pub file: FileId,
    /// Its name, or that of the variable, property or method it is the value of.
    pub name: Option<Name>,
    /// Place of the whole function.
    pub place: Place,
    /// The symbol that a function expression binds to itself inside.
    pub own: Option<SymbolIndex>,
    /// Parameters in order.
    pub params: Vec<Param>,
    /// Statements; an expression body is one `Return`.
    pub body: Vec<Stmt>,
    /// Slots its variables need.
    pub slots: u32,
    /// Whether `this` and `arguments` are those of the outer function.
    pub is_arrow: bool,
}

/// A parameter.
#[derive(Debug)]
pub(crate) struct Param {
    /// What it binds.
    pub pattern: Pattern,
    /// Whether it takes the rest.
    pub rest: bool,
    /// Names of its decorators (frameworks mark what they inject with them).
    pub decorators: Vec<Name>,
    /// Name of its type, when it is written as one.
    pub type_name: Option<Name>,
}

/// What a value is bound to.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// Where.
    pub place: Place,
    /// What kind.
    pub kind: PatternKind,
    /// Value used instead of `undefined`.
    pub default: Option<Box<Expr>>,
}

/// Kinds of patterns.
#[derive(Debug)]
pub(crate) enum PatternKind {
    /// A symbol.
    Symbol(SymbolIndex),
    /// A member or an unresolved name.
    Target(Box<Expr>),
    /// `{ a, b: c, ...rest }`.
    Object(Vec<(Key, Pattern)>, Option<Box<Pattern>>),
    /// `[a, , ...rest]`.
    Array(Vec<Option<Pattern>>, Option<Box<Pattern>>),
}

/// A property name.
#[derive(Debug)]
pub(crate) enum Key {
    /// Known.
    Name(Name),
    /// Computed.
    Computed(Box<Expr>),
}

/// A class.
#[derive(Debug)]
pub(crate) struct Class {
    /// What it extends.
    pub heritage: Option<Expr>,
    /// Constructor.
    pub constructor: Option<Rc<Function>>,
    /// Methods and accessors.
    pub methods: Vec<Method>,
    /// Fields with their values; private names keep their `#`.
    pub fields: Vec<Field>,
}

/// A method of a class.
#[derive(Debug)]
pub(crate) struct Method {
    /// Its name.
    pub key: Key,
    /// Its function.
    pub function: Rc<Function>,
    /// Method, getter or setter.
    pub kind: MethodKind,
    /// Whether it belongs to the class itself.
    pub is_static: bool,
}

/// A field of a class; static blocks are static fields without name.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name.
    pub key: Key,
    /// Its value.
    pub value: Option<Expr>,
    /// Whether it belongs to the class itself.
    pub is_static: bool,
}

/// Kinds of methods and object properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MethodKind {
    /// An ordinary property or method.
    Plain,
    /// `get x()`.
    Getter,
    /// `set x(v)`.
    Setter,
}

/// An expression.
#[derive(Debug)]
pub(crate) struct Expr {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: ExprKind,
}

/// Kinds of expressions.
#[derive(Debug)]
pub(crate) enum ExprKind {
    /// Text.
    Text(Name),
    /// A number.
    Number(f64),
    /// true or false.
    Bool(bool),
    /// null.
    Null,
    /// undefined, and what has no value.
    Undefined,
    /// `/pattern/flags`.
    Regex(Name, Name),
    /// A resolved name.
    Symbol(SymbolIndex),
    /// A name that the file does not declare.
    Global(Name),
    /// this
    This,
    /// super
    Super,
    /// `object.name`.
    Member(Box<Expr>, Name),
    /// `object[key]`.
    Index(Box<Expr>, Box<Expr>),
    /// A call.
    Call(Box<Call>),
    /// Parts joined to text: template literals.
    Template(Vec<Expr>),
    /// `` tag`text ${value}` ``.
    Tagged(Box<Expr>, Vec<Name>, Vec<Expr>),
    /// An operator with two sides.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `&&`, `||`, `??`.
    Logical(Logical, Box<Expr>, Box<Expr>),
    /// An operator with one side.
    Unary(Unary, Box<Expr>),
    /// `x++` and the like.
    Update(Box<Pattern>),
    /// `test ? a : b`.
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `pattern = value` and `pattern op= value`.
    Assign(Assign, Box<Pattern>, Box<Expr>),
    /// `{ … }`.
    Object(Vec<Property>),
    /// `[ … ]`; a hole is `Undefined`.
    Array(Vec<Expr>),
    /// `...x` in calls and arrays.
    Spread(Box<Expr>),
    /// A function.
    Function(Rc<Function>),
    /// A class.
    Class(Rc<Class>),
    /// await
    Await(Box<Expr>),
    /// yield
    Yield(Option<Box<Expr>>),
    /// `a, b`.
    Sequence(Vec<Expr>),
    /// `import(x)`.
    Import(Box<Expr>),
    /// A JSX element: name, attributes, children. Fragments have an empty name.
    Jsx(Name, Vec<(Name, Expr)>, Vec<Expr>),
}

/// A call or `new`.
#[derive(Debug)]
pub(crate) struct Call {
    /// What is called.
    pub callee: Expr,
    /// With what; may hold `Spread`.
    pub args: Vec<Expr>,
    /// Whether it is `new`.
    pub is_new: bool,
}

/// A property of an object literal.
#[derive(Debug)]
pub(crate) enum Property {
    /// `key: value`.
    Value(Key, MethodKind, Expr),
    /// `...value`.
    Spread(Expr),
}

/// Operators with two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binary {
    /// `+`
    Add,
    /// `==` and `===`
    Equal,
    /// `!=` and `!==`
    Unequal,
    /// `<`, `<=`, `>`, `>=`
    Compare,
    /// `in`
    In,
    /// `instanceof`
    InstanceOf,
    /// Arithmetic: the result is a number.
    Arithmetic,
}

/// Operators that may skip their right side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Logical {
    /// `&&`
    And,
    /// `||`
    Or,
    /// `??`
    Coalesce,
}

/// Operators with one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unary {
    /// `!`
    Not,
    /// `typeof`
    TypeOf,
    /// `+`, `-`, `~`
    Number,
    /// `void`
    Void,
    /// `delete`
    Delete,
}

/// Kinds of assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Assign {
    /// `=`
    Plain,
    /// `+=`
    Add,
    /// `||=`, `&&=`, `??=`
    Logical(Logical),
    /// Any other: the result is a number.
    Arithmetic,
}

/// A statement.
#[derive(Debug)]
pub(crate) struct Stmt {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: StmtKind,
}

/// Kinds of statements.
#[derive(Debug)]
pub(crate) enum StmtKind {
    /// An expression.
    Expr(Expr),
    /// One declarator; `None` declares without value.
    Declare(Pattern, Option<Expr>),
    /// A function declaration; hoisted to the start of its block.
    Function(SymbolIndex, Rc<Function>),
    /// if
    If(Expr, Box<Stmt>, Option<Box<Stmt>>),
    /// Any loop with a condition: condition, update, body; `do` runs its body first.
    Loop {
        /// Checked before each round.
        test: Option<Expr>,
        /// Runs after each round.
        update: Option<Expr>,
        /// The round.
        body: Box<Stmt>,
        /// `do … while`.
        body_first: bool,
    },
    /// `for (x of y)` and `for (x in y)`.
    ForEach {
        /// What each round binds.
        pattern: Pattern,
        /// What is walked.
        subject: Expr,
        /// The round.
        body: Box<Stmt>,
        /// `in`: the keys.
        keys: bool,
    },
    /// return
    Return(Option<Expr>),
    /// throw
    Throw(Expr),
    /// break
    Break(Option<Name>),
    /// continue
    Continue(Option<Name>),
    /// try, catch, finally
    Try {
        /// The block.
        block: Vec<Stmt>,
        /// What catch binds, and its block.
        handler: Option<(Option<Pattern>, Vec<Stmt>)>,
        /// The last block.
        finalizer: Option<Vec<Stmt>>,
    },
    /// switch
    Switch(Expr, Vec<(Option<Expr>, Vec<Stmt>)>),
    /// A block.
    Block(Vec<Stmt>),
    /// `name: statement`.
    Labeled(Name, Box<Stmt>),
    /// `export default value`.
    ExportDefault(Expr),
    /// debugger
    Debugger,
}
