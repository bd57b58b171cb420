package org.scenecontexts.opencl;

/**
 * Decides whether a call of one operator goes to the device.
 *
 * @since 0.1
 */
public interface Rule {

    /** Whether the device is expected to be done first. */
    boolean pays(DeviceWork work);

    /** One line for {@code csc info} and logs. */
    String describe();

    /**
     * Everything goes to the device.
     *
     * @param operator for listings
     */
    static Rule always(String operator) {
        return new Rule() {
            @Override
            public boolean pays(DeviceWork work) {
                return true;
            }

            @Override
            public String describe() {
                return operator + ": device, always";
            }
        };
    }
}
