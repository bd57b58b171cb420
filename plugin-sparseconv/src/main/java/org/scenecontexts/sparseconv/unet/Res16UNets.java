package org.scenecontexts.sparseconv.unet;

import org.pf4j.Extension;

/**
 * One extension per published member of the Res16UNet family; what differs between them is in {@link Variant}.
 *
 * @since 0.1
 */
public final class Res16UNets {

    private Res16UNets() {}

    @Extension
    public static final class Res16UNet14 extends Res16UNetFactory {
        public Res16UNet14() {
            super(Variant.RES16UNET14);
        }
    }

    @Extension
    public static final class Res16UNet14A extends Res16UNetFactory {
        public Res16UNet14A() {
            super(Variant.RES16UNET14A);
        }
    }

    @Extension
    public static final class Res16UNet14A2 extends Res16UNetFactory {
        public Res16UNet14A2() {
            super(Variant.RES16UNET14A2);
        }
    }

    @Extension
    public static final class Res16UNet14B extends Res16UNetFactory {
        public Res16UNet14B() {
            super(Variant.RES16UNET14B);
        }
    }

    @Extension
    public static final class Res16UNet14B2 extends Res16UNetFactory {
        public Res16UNet14B2() {
            super(Variant.RES16UNET14B2);
        }
    }

    @Extension
    public static final class Res16UNet14B3 extends Res16UNetFactory {
        public Res16UNet14B3() {
            super(Variant.RES16UNET14B3);
        }
    }

    @Extension
    public static final class Res16UNet14C extends Res16UNetFactory {
        public Res16UNet14C() {
            super(Variant.RES16UNET14C);
        }
    }

    @Extension
    public static final class Res16UNet14D extends Res16UNetFactory {
        public Res16UNet14D() {
            super(Variant.RES16UNET14D);
        }
    }

    @Extension
    public static final class Res16UNet18 extends Res16UNetFactory {
        public Res16UNet18() {
            super(Variant.RES16UNET18);
        }
    }

    @Extension
    public static final class Res16UNet18A extends Res16UNetFactory {
        public Res16UNet18A() {
            super(Variant.RES16UNET18A);
        }
    }

    @Extension
    public static final class Res16UNet18B extends Res16UNetFactory {
        public Res16UNet18B() {
            super(Variant.RES16UNET18B);
        }
    }

    @Extension
    public static final class Res16UNet18D extends Res16UNetFactory {
        public Res16UNet18D() {
            super(Variant.RES16UNET18D);
        }
    }

    @Extension
    public static final class Res16UNet34 extends Res16UNetFactory {
        public Res16UNet34() {
            super(Variant.RES16UNET34);
        }
    }

    @Extension
    public static final class Res16UNet34A extends Res16UNetFactory {
        public Res16UNet34A() {
            super(Variant.RES16UNET34A);
        }
    }

    @Extension
    public static final class Res16UNet34B extends Res16UNetFactory {
        public Res16UNet34B() {
            super(Variant.RES16UNET34B);
        }
    }

    @Extension
    public static final class Res16UNet34C extends Res16UNetFactory {
        public Res16UNet34C() {
            super(Variant.RES16UNET34C);
        }
    }

    @Extension
    public static final class Res16UNet50 extends Res16UNetFactory {
        public Res16UNet50() {
            super(Variant.RES16UNET50);
        }
    }

    @Extension
    public static final class Res16UNet101 extends Res16UNetFactory {
        public Res16UNet101() {
            super(Variant.RES16UNET101);
        }
    }
}
