package io.maestream.schemas.observe;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;

/**
 * Several observers as one, whatever their interface tells: each call goes to all of them, in their
 * order. What an observer throws reaches the caller as it is, and those after it are not told.
 */
public final class FanOut<T> implements InvocationHandler {
    private final List<T> all;

    private FanOut(List<T> all) {
        this.all = all;
    }

    /**
     * One observer that tells all of these.
     *
     * @param role public interface whose methods return nothing
     * @throws IllegalArgumentException if a method of the role returns something
     */
    public static <T> T of(Class<T> role, List<? extends T> all) {
        Stream.of(role.getMethods())
                .filter(method -> method.getReturnType() != void.class)
                .findAny()
                .ifPresent(FanOut::refuse);
        return role.cast(
                Proxy.newProxyInstance(
                        role.getClassLoader(),
                        new Class<?>[] {role},
                        new FanOut<T>(List.copyOf(all))));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method.getName(), arguments);
        }
        try {
            for (T each : all) {
                method.invoke(each, arguments);
            }
            return null;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The three methods of {@link Object} that come here. */
    private Object ofObject(Object proxy, String method, Object[] arguments) {
        return switch (method) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> all.toString();
        };
    }

    private static void refuse(Method method) {
        throw new IllegalArgumentException(
                method + " returns something; an observer is told and has nothing to say");
    }
}
