package javax.annotation;

/** Marks what the generator wrote. The JDK no longer has it, and no registry of Java packages is asked here. */
public @interface Generated {
  String value();

  String comments() default "";
}
