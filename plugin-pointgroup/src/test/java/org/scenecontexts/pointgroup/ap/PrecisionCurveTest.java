package org.scenecontexts.pointgroup.ap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of the official formula worked out by hand. */
class PrecisionCurveTest {

    @ParameterizedTest(name = "{0} objects, {1}: {2}")
    @CsvSource({
        "1, T.9, 1",
        "1, T.9 F.8, 1",
        "1, T.9 F.9, 0.75",
        "2, T.9, 0.5",
        "1, F.9 T.8, 0.25",
        "2, T.9 F.8 T.7, 0.791667",
        "2, T.5 T.5 F.5, 0.833333",
        "3, T.9 F.7 T.5, 0.527778",
        "1, F.9, 0",
        "1, '', 0",
    })
    void theAreaIsThatOfTheOfficialScript(int objects, String predictions, double area) {
        PrecisionCurve curve = new PrecisionCurve();
        int found = 0;
        for (String prediction : predictions.isEmpty() ? new String[0] : predictions.split(" ")) {
            boolean hit = prediction.charAt(0) == 'T';
            found += hit ? 1 : 0;
            curve.add(hit, Double.parseDouble("0" + prediction.substring(1)));
        }
        for (int missed = found; missed < objects; missed++) {
            curve.miss();
        }

        assertThat(curve.area()).isCloseTo(area, within(1e-6));
    }
}
