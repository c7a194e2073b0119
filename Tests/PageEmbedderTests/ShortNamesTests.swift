import Testing

@testable import page_embedder

/// Names that a script declares become short; nothing else does.
@Suite struct ShortNamesTests {
  @Test(arguments: [
    ("function sum(first,second){return first+second}", "function c(a,b){return a+b}"),
    ("const f=value=>value.value;", "let f=a=>a.value;"),
    ("function f(row){return{row,col:row,[row]:row}}", "function f(a){return{row:a,col:a,[a]:a}}"),
    (
      "function f({row,col:[first=1]},...rest){row(first,rest)}",
      "function f({row:c,col:[a=1]},...b){c(a,b)}"
    ),
    (
      "function f(){for(const item of list)g`${item} item`}",
      "function f(){for(let a of list)g`${a} item`}"
    ),
    (
      "function f(flow){return/^flow[/]flow/i.test(flow)?flow:\"flow\"}",
      "function f(a){return/^flow[/]flow/i.test(a)?a:\"flow\"}"
    ),
    (
      "class Box{get size(){return 1}put(size){this.size=size}}",
      "class b{get size(){return 1}put(a){this.size=a}}"
    ),
    (
      "const total=1,{max}=Math;function f(total){max(total)}",
      "let a=1,{max:b}=Math;function f(a){b(a)}"
    ),
    (
      "Object.assign(globalThis,{draw});function draw(){}",
      "Object.assign(globalThis,{draw:a});function a(){}"
    ),
    (
      "function f(name){try{name()}catch(error){error.name}}",
      "function f(b){try{b()}catch(a){a.name}}"
    ),
  ])
  func `What is declared is is shortened`(source: String, expected: String) {
    #expect(shortenNames(source) == expected)
  }

  @Test(arguments: [
    ("function f(){const x=g();let{y}=x;return x+y}", "function f(){let x=g(),{y}=x;return x+y}"),
    (
      "f();let a={b},c;let d;if(a){let e}[a,d]=f();let g",
      "f();let a={b},c,d;if(a){let e}[a,d]=f();let g"
    ),
    ("f();let a=()=>{g();let x=1};const b=2;let c;", "f();let a=()=>{g();let x=1},b=2,c;"),
    ("let a=b.true?true:x===undefined;", "let a=b.true?!0:x===void 0;"),
    ("for(let x=0;x<1;x++)f();let d=1\nlet e=2", "for(let x=0;x<1;x++)f();let d=1\nlet e=2"),
  ])
  func `Declarations in a row are one`(source: String, expected: String) {
    #expect(shortenNames(source) == expected)
  }

  @Test(arguments: [
    "function f(history){history()}function g(){history.back()}",
    "function f(){status=1}",
  ])
  func `What may be somebody else's keeps its name`(source: String) {
    #expect(shortenNames(source) == source)
  }
}
