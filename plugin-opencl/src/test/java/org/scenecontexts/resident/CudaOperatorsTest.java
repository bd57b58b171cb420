package org.scenecontexts.resident;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.scenecontexts.testing.OnCudaStandIn;

/** Every operator and its gradient, by CUDA on its stand-in. */
@ExtendWith({OnCudaStandIn.class, CudaOperatorsTest.WithoutLargeOnes.class})
class CudaOperatorsTest extends ResidentOperatorsTest {

    /** What takes a minute of definitions in double precision; the kernels are those that OpenCL has run. */
    static final class WithoutLargeOnes implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getTestMethod()
                            .filter(method -> method.getName().startsWith("largeOnes"))
                            .isPresent()
                    ? ConditionEvaluationResult.disabled("large operators are compared by the suite on OpenCL")
                    : ConditionEvaluationResult.enabled("");
        }
    }
}
